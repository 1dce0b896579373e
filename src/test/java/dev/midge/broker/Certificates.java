package dev.midge.broker;

import dev.midge.broker.config.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates made by keytool: a root, an intermediate under it, and under that a server and a
 * client; and a stranger who signed himself.
 */
final class Certificates {
  private static final char[] WORD = "secret".toCharArray();
  private final Path folder;
  private final KeyStore store;

  private Certificates(Path folder, KeyStore store) {
    this.folder = folder;
    this.store = store;
  }

  static Certificates make(Path folder) throws Exception {
    Path file = folder.resolve("all.p12");
    key(file, "root", null, "bc:c");
    key(file, "middle", "root", "bc:c");
    key(file, "server", "middle", "san=dns:localhost,ip:127.0.0.1");
    key(file, "client", "middle", "eku=clientAuth");
    key(file, "stranger", null, "eku=clientAuth");
    KeyStore store = KeyStore.getInstance(file.toFile(), WORD);
    Certificates made = new Certificates(folder, store);
    for (String name : List.of("root", "middle", "server", "client", "stranger")) {
      made.write(name + ".crt", made.pem("CERTIFICATE", made.certificate(name).getEncoded()));
      made.write(name + ".key", made.pem("PRIVATE KEY", store.getKey(name, WORD).getEncoded()));
    }
    made.write("chain.crt", made.text("server.crt") + made.text("middle.crt"));
    made.write("ca.crt", made.text("root.crt") + made.text("middle.crt"));
    made.write("encrypted.key", made.pem("ENCRYPTED PRIVATE KEY", made.encrypted("server")));
    made.write("pkcs1.key", made.pem("RSA PRIVATE KEY", made.older("server", 3)));
    return made;
  }

  private static void key(Path file, String name, String signer, String extension)
      throws Exception {
    List<String> words = new ArrayList<>(List.of("-genkeypair", "-alias", name));
    words.addAll(List.of("-keyalg", "RSA", "-dname", "CN=" + name, "-validity", "30"));
    words.addAll(List.of("-ext", extension));
    if (signer != null) {
      words.addAll(List.of("-signer", signer));
    }
    keytool(file, words);
  }

  private static void keytool(Path file, List<String> words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(words);
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(WORD)));
    command.addAll(List.of("-keystore", file.toString()));
    Path output = file.resolveSibling("keytool.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError("keytool: " + Files.readString(output));
    }
  }

  /** PKCS#8 under the word {@code secret}, in the way of openssl's default. */
  private byte[] encrypted(String name) throws Exception {
    String algorithm = "PBEWithHmacSHA256AndAES_256";
    SecretKey key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(WORD));
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(Cipher.ENCRYPT_MODE, key);
    byte[] encrypted = cipher.doFinal(store.getKey(name, WORD).getEncoded());
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    return new EncryptedPrivateKeyInfo(parameters, encrypted).getEncoded();
  }

  /** The innermost form of a PKCS#8 key: the octets behind version and algorithm. */
  private byte[] older(String name, int which) throws Exception {
    byte[] der = store.getKey(name, WORD).getEncoded();
    int at = 4; // SEQUENCE with a length of two bytes
    for (int i = 1; ; i++) {
      int lengthBytes = (der[at + 1] & 0x80) == 0 ? 0 : der[at + 1] & 0x7F;
      int length = lengthBytes == 0 ? der[at + 1] : 0;
      for (int b = 0; b < lengthBytes; b++) {
        length = length << 8 | der[at + 2 + b] & 0xFF;
      }
      int content = at + 2 + lengthBytes;
      if (i == which) {
        return java.util.Arrays.copyOfRange(der, content, content + length);
      }
      at = content + length;
    }
  }

  private X509Certificate certificate(String name) throws Exception {
    return (X509Certificate) store.getCertificate(name);
  }

  private String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  TlsFiles tls() {
    return new TlsFiles(file("chain.crt"), file("server.key"));
  }

  /** With the encrypted key, whose passphrase is {@code secret}. */
  TlsFiles encrypted(Supplier<char[]> passphrase) {
    return TlsFiles.builder(file("chain.crt"), file("encrypted.key"))
        .passphrase(passphrase)
        .build();
  }

  TlsFiles requiringCertificates() {
    return TlsFiles.builder(file("chain.crt"), file("server.key"))
        .cafile(file("ca.crt"))
        .requireCertificate(true)
        .build();
  }

  /** A client that trusts the root alone, and may have a certificate. */
  SSLContext client(String name) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (var in = Files.newInputStream(file("root.crt"))) {
      trusted.setCertificateEntry(
          "root", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    if (name != null) {
      X509Certificate[] chain =
          name.equals("stranger")
              ? new X509Certificate[] {certificate(name)}
              : new X509Certificate[] {certificate(name), certificate("middle")};
      own.setKeyEntry(name, store.getKey(name, WORD), WORD, chain);
    }
    keys.init(own, WORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
    return context;
  }
}
