package dev.midge.net.tls;

import dev.midge.net.NetFailure;
import dev.midge.net.NetFailure.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    List<String> suites = named(list, onlyTls13, supported);
    if (suites == null) {
      throw new NetFailure(
          Kind.TLS, "Unable to set TLS ciphers. Check cipher list \"" + list + "\".");
    }
    if (!onlyTls13) {
      suites.addAll(ofVersion(true, usual));
    }
    return suites.toArray(String[]::new);
  }

  /**
   * Returns the suites that a list names; null if it names none, or one that is not supported in
   * that version.
   *
   * @param list names between colons
   * @param tls13 whether the list is for TLS 1.3
   */
  static @Nullable List<String> named(String list, boolean tls13, String[] supported) {
    List<String> suites = new ArrayList<>();
    for (String word : list.split("[:, ]")) {
      if (!word.isEmpty()) {
        String suite = find(word, tls13, supported);
        if (suite == null) {
          return null;
        }
        suites.add(suite);
      }
    }
    return suites.isEmpty() ? null : suites;
  }

  /** Returns the suites of TLS 1.3, or those of the versions before it. */
  static List<String> ofVersion(boolean tls13, String[] suites) {
    return Arrays.stream(suites)
        .filter(suite -> isTls13(suite) == tls13)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static @Nullable String find(String word, boolean tls13, String[] supported) {
    for (String suite : supported) {
      if (isTls13(suite) == tls13 && (suite.equals(word) || openSsl(suite).equals(word))) {
        return suite;
      }
    }
    return null;
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
