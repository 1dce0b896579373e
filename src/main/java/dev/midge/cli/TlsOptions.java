package dev.midge.cli;

import dev.midge.wire.TlsSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * How TLS is to be spoken, as the user says it. The words are kept by the names of their options;
 * what they mean is found out when TLS is wanted, by {@link TlsSettings}.
 */
final class TlsOptions implements OptionSource {
  private final Map<String, String> words = new HashMap<>();
  private boolean systemCertificates;
  private boolean insecure;
  private boolean off;

  @Override
  public void addTo(OptionTable table) {
    table.under(OptionGroup.TLS);
    value(table, "--cafile", "FILE", "no file", "Trusted certificates, PEM; turns TLS on.");
    value(
        table,
        "--capath",
        "DIRECTORY",
        "no directory",
        "Directory of trusted certificates under OpenSSL's hash names; turns TLS on.");
    value(table, "--cert", "FILE", "no file", "Client certificate and its chain, PEM.");
    value(table, "--key", "FILE", "no file", "Private key of the client certificate, PEM.");
    value(
        table,
        "--ciphers",
        "LIST",
        "no ciphers",
        "Cipher suites by their OpenSSL or IANA names, separated by colons.");
    value(table, "--tls-alpn", "PROTOCOL", "no protocol", "Application protocol to ask for.");
    value(table, "--tls-version", "VERSION", "no version", "tlsv1.3 alone, or tlsv1.2 and newer.");
    value(table, "--keyform", "FORM", "no keyform", "Form of the key; pem is the only one.");
    table
        .add(
            Option.flag(
                "Trust the system's certificates; turns TLS on.",
                this::useSystemCertificates,
                "--tls-use-os-certs"))
        .add(
            Option.flag(
                "Verify nothing: neither certificates nor names. Not for production.",
                () -> insecure = true,
                "--insecure"))
        .add(Option.flag("Ignore every TLS option.", () -> off = true, "--no-tls"));
    table.under(OptionGroup.IMPOSSIBLE);
    value(
        table,
        "--psk",
        "KEY",
        "no key",
        "Java's TLS has no pre-shared keys: use --cafile, --cert and --key.");
    value(table, "--psk-identity", "NAME", "no identity", "Goes with --psk.");
    value(table, "--tls-keylog", "FILE", "no file", "Java's TLS tells no session keys.");
    value(table, "--tls-engine", "ENGINE", "no engine_id", "Engines are OpenSSL's.");
    value(table, "--tls-engine-kpass-sha1", "SHA1", "no kpass sha1", "Goes with --tls-engine.");
  }

  private void value(
      OptionTable table, String name, String label, String missing, String description) {
    table.add(Option.named(label, missing, description, words::put, name));
  }

  void useSystemCertificates() {
    systemCertificates = true;
  }

  /** Whether the default port is that of TLS. */
  boolean movesThePort() {
    return !off && isTrustNamed();
  }

  private boolean isTrustNamed() {
    return words.containsKey("--cafile")
        || words.containsKey("--capath")
        || words.containsKey("--psk");
  }

  /** Whether options fit together. */
  void check() {
    if (!off && !words.isEmpty()) {
      TlsSettings.check(words);
    }
  }

  /**
   * The settings of a broker whose URL says TLS: the system's certificates are trusted where the
   * options name no others.
   */
  TlsSpec ofUrl() {
    Map<String, String> counting = off ? Map.of() : words;
    if (!counting.isEmpty()) {
      TlsSettings.checkValues(counting, true);
    }
    return TlsSettings.toSpec(
        counting, systemCertificates || off || !isTrustNamed(), insecure && !off);
  }

  /**
   * The settings, null for no TLS.
   *
   * @throws UsageException for what is not possible, whether TLS is wanted or not
   */
  TlsSpec toSpec(int port) {
    if (off) {
      return null;
    }
    boolean byPort = port == BrokerOptions.TLS_PORT && !isTrustNamed();
    boolean wanted = systemCertificates || byPort || isTrustNamed();
    if (!words.isEmpty()) {
      TlsSettings.checkValues(words, wanted);
    }
    return wanted ? TlsSettings.toSpec(words, systemCertificates || byPort, insecure) : null;
  }
}
