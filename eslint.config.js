// Type-aware lint: floating promises above all. Form is Prettier's; the import rules are dependency-cruiser's.
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "node_modules",
      ".output",
      ".wxt",
      ".hawker",
      ".wrangler",
      "**/fixtures/**",
      "supabase/database.types.ts",
      "docs",
    ],
  },
  {
    files: ["**/*.ts", "**/*.tsx"],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: {
        project: ["./tsconfig.*.json", "./tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { "@typescript-eslint": tseslint.plugin },
    rules: {
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/only-throw-error": "error",
      "no-empty": ["error", { allowEmptyCatch: false }],
      "no-eval": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
    },
  },
  {
    files: ["extension/**/*.{ts,tsx}", "core/fill/**/*.ts", "worker/**/*.ts", "server/**/*.ts"],
    ignores: ["**/*.test.ts", "**/*.test.tsx", "**/testing/**"],
    rules: {
      "no-restricted-properties": [
        "error",
        {
          property: "innerHTML",
          message: "Build nodes; a string of HTML from an item is script in our page.",
        },
        { property: "waitForTimeout", message: "Wait on an event, not on the clock." },
      ],
    },
  },
);
