/** A route with its handler, in the form `app.openapiRoutes` takes: typed against the route constant. */
import { defineOpenAPIRoute, type RouteConfig } from "@hono/zod-openapi";
import type { AppEnv } from "../app-context.ts";

type Definition<R extends RouteConfig> = Parameters<typeof defineOpenAPIRoute<R, AppEnv, true>>[0];

export const guardedRoute = <R extends RouteConfig>(route: R, handler: Definition<R>["handler"]) =>
  defineOpenAPIRoute<R, AppEnv, true>({ route, handler, addRoute: true });
