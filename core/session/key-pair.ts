/** WebCrypto's CryptoKeyPair, which not every world's type library names. */
export type KeyPair = { publicKey: CryptoKey; privateKey: CryptoKey };
