package dev.midge.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate for this machine that vouches for itself, with its key, as PEM files and in the
 * store that keytool, which every JDK has, made them in.
 */
public record SelfSigned(Path certificate, Path key, Path store) {
  /** Opens the store. */
  public static final char[] WORD = "secret".toCharArray();

  /** Makes them in that directory. */
  public static SelfSigned in(Path directory) throws IOException, GeneralSecurityException {
    Path store = directory.resolve("self-signed.p12");
    String words =
        "-genkeypair -alias self -keyalg EC -groupname secp256r1 -dname CN=localhost -validity 30"
            + " -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12 -storepass "
            + new String(WORD);
    List<Object> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool"));
    command.addAll(List.of((Object[]) words.split(" ")));
    command.addAll(List.of("-keystore", store));
    Program keytool = Program.start(command.toArray()).await();
    if (keytool.status() != 0) {
      throw new AssertionError(keytool.errText());
    }
    KeyStore made = KeyStore.getInstance(store.toFile(), WORD);
    Path certificate = directory.resolve("self-signed.crt");
    Path key = directory.resolve("self-signed.key");
    Files.writeString(certificate, pem("CERTIFICATE", made.getCertificate("self").getEncoded()));
    Files.writeString(key, pem("PRIVATE KEY", made.getKey("self", WORD).getEncoded()));
    return new SelfSigned(certificate, key, store);
  }

  private static String pem(String label, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
  }
}
