package dev.midge.broker;

import dev.midge.broker.config.TlsFiles;
import dev.midge.net.tls.make.CertificateSpec;
import dev.midge.net.tls.make.KeyKind;
import dev.midge.net.tls.make.TestAuthority;
import dev.midge.net.tls.make.TestCertificate;
import dev.midge.net.tls.pem.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
 * Certificates in files: a root, an intermediate under it, and under that a server and a client;
 * and a stranger who signed himself. Their keys are for RSA.
 */
final class Certificates {
  private static final char[] WORD = "secret".toCharArray();
  private final Path folder;
  private final Map<String, TestCertificate> all;

  private Certificates(Path folder, Map<String, TestCertificate> all) {
    this.folder = folder;
    this.all = all;
  }

  static Certificates make(Path folder) throws Exception {
    TestAuthority root = TestAuthority.create(rsa(CertificateSpec.authority("root")));
    TestAuthority middle = root.intermediate(rsa(CertificateSpec.authority("middle")));
    TestCertificate server =
        middle.issue(rsa(CertificateSpec.server(List.of("localhost", "127.0.0.1"))));
    TestCertificate client = middle.issue(rsa(CertificateSpec.client("client")));
    TestAuthority stranger = TestAuthority.create(rsa(CertificateSpec.authority("stranger")));
    Certificates made =
        new Certificates(
            folder,
            Map.of(
                "root", root.own(),
                "middle", middle.own(),
                "server", server,
                "client", client,
                "stranger", stranger.own()));
    for (Map.Entry<String, TestCertificate> each : made.all.entrySet()) {
      made.write(each.getKey() + ".crt", each.getValue().pem());
      made.write(each.getKey() + ".key", each.getValue().keyPem());
    }
    made.write("chain.crt", server.chainPem());
    made.write("ca.crt", root.pem() + middle.pem());
    made.write("encrypted.key", Pem.text("ENCRYPTED PRIVATE KEY", encrypted(server.key())));
    made.write("pkcs1.key", Pem.text("RSA PRIVATE KEY", older(server.key(), 3)));
    return made;
  }

  private static CertificateSpec rsa(CertificateSpec spec) {
    return spec.withKeys(KeyKind.RSA);
  }

  /** PKCS#8 under the word {@code secret}, in the way of openssl's default. */
  private static byte[] encrypted(PrivateKey plain) throws Exception {
    String algorithm = "PBEWithHmacSHA256AndAES_256";
    SecretKey key = SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(WORD));
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(Cipher.ENCRYPT_MODE, key);
    byte[] encrypted = cipher.doFinal(plain.getEncoded());
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
    parameters.init(cipher.getParameters().getEncoded());
    return new EncryptedPrivateKeyInfo(parameters, encrypted).getEncoded();
  }

  /** The innermost form of a PKCS#8 key: the octets behind version and algorithm. */
  private static byte[] older(PrivateKey key, int which) {
    byte[] der = key.getEncoded();
    int at = 4; // SEQUENCE with a length of two bytes
    for (int i = 1; ; i++) {
      int lengthBytes = (der[at + 1] & 0x80) == 0 ? 0 : der[at + 1] & 0x7F;
      int length = lengthBytes == 0 ? der[at + 1] : 0;
      for (int b = 0; b < lengthBytes; b++) {
        length = length << 8 | der[at + 2 + b] & 0xFF;
      }
      int content = at + 2 + lengthBytes;
      if (i == which) {
        return Arrays.copyOfRange(der, content, content + length);
      }
      at = content + length;
    }
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
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
    trusted.setCertificateEntry("root", all.get("root").certificate());
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    KeyStore own = KeyStore.getInstance("PKCS12");
    own.load(null, null);
    if (name != null) {
      TestCertificate mine = all.get(name);
      own.setKeyEntry(name, mine.key(), WORD, mine.chain().toArray(X509Certificate[]::new));
    }
    keys.init(own, WORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), new SecureRandom());
    return context;
  }
}
