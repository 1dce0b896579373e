package dev.midge.net.tls;

import dev.midge.net.NetFailure;
import dev.midge.net.NetFailure.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads lists of cipher suites in OpenSSL's or IANA's names. */
final class CipherNames {

  private CipherNames() {}

  /**
   * Returns the suites to enable: those named of the versions that the list is for, and the default
   * ones of TLS 1.3 when it is for TLS 1.2.
   *
   * @param list names between colons
   * @param onlyTls13 whether the list names suites of TLS 1.3
   * @throws NetFailure for a name that Java does not know
   */
  static String[] read(String list, boolean onlyTls13, String[] supported, String[] usual)
      throws NetFailure {
    List<String> suites = new ArrayList<>();
    for (String word : list.split("[:, ]")) {
      if (!word.isEmpty()) {
        suites.add(find(word, onlyTls13, supported, list));
      }
    }
    if (suites.isEmpty()) {
      throw wrong(list);
    }
    if (!onlyTls13) {
      for (String suite : usual) {
        if (isTls13(suite)) {
          suites.add(suite);
        }
      }
    }
    return suites.toArray(String[]::new);
  }

  private static String find(String word, boolean tls13, String[] supported, String list)
      throws NetFailure {
    for (String suite : supported) {
      if (isTls13(suite) == tls13 && (suite.equals(word) || openSsl(suite).equals(word))) {
        return suite;
      }
    }
    throw wrong(list);
  }

  private static NetFailure wrong(String list) {
    return new NetFailure(
        Kind.TLS, "Unable to set TLS ciphers. Check cipher list \"" + list + "\".");
  }

  /** Suites of TLS 1.3 do not say how keys are exchanged. */
  private static boolean isTls13(String suite) {
    return suite.startsWith("TLS_") && !suite.contains("_WITH_");
  }

  /** OpenSSL's name: {@code ECDHE-RSA-AES128-SHA256} is TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256. */
  static String openSsl(String suite) {
    if (isTls13(suite)) {
      return suite;
    }
    int with = suite.indexOf("_WITH_");
    if (with < 0) {
      return suite;
    }
    String exchange = suite.substring(suite.indexOf('_') + 1, with);
    String cipher = suite.substring(with + "_WITH_".length());
    if (cipher.equals("CHACHA20_POLY1305_SHA256")) {
      cipher = "CHACHA20_POLY1305";
    }
    cipher = cipher.replace("AES_128", "AES128").replace("AES_256", "AES256");
    String prefix = exchange.equals("RSA") ? "" : exchange + "_";
    return (prefix + cipher.replace("_CBC", "")).replace('_', '-');
  }
}
