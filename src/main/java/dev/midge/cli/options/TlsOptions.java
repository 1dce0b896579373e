package dev.midge.cli.options;

import dev.midge.cli.Compatibility;
import dev.midge.cli.DefaultPorts;
import dev.midge.cli.Prompt;
import dev.midge.cli.UsageException;
import dev.midge.cli.parse.IdleOptions;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import dev.midge.net.TlsSpec;
import dev.midge.net.tls.KeyLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The options for TLS. Their arguments are kept by the names of the options; {@link TlsSettings}
 * reads them when TLS is wanted.
 */
public final class TlsOptions implements OptionTable.Source {
  private final Map<String, String> words = new HashMap<>();
  private final Compatibility compatibility;
  private final Prompt prompt;
  private final String effect;
  private boolean systemCertificates;
  private boolean insecure;
  private boolean off;
  private @Nullable String passphrase;
  private boolean asked;
  private boolean unanswered;

  /**
   * Makes them.
   *
   * @param prompt asks for the passphrase of an encrypted key
   */
  public TlsOptions(Compatibility compatibility, Prompt prompt) {
    this(compatibility, prompt, "; turns TLS on");
  }

  private TlsOptions(Compatibility compatibility, Prompt prompt, String effect) {
    this.compatibility = compatibility;
    this.prompt = prompt;
    this.effect = effect;
  }

  /** Returns those of a command whose URLs alone turn TLS on. */
  public static TlsOptions besideUrls(Compatibility compatibility, Prompt prompt) {
    return new TlsOptions(compatibility, prompt, ", where a URL says mqtts or wss");
  }

  @Override
  public void addTo(OptionTable table) {
    table.under(OptionGroup.TLS);
    value(table, "--cafile", "FILE", "no file", "Trusted certificates, PEM" + effect + ".");
    value(
        table,
        "--capath",
        "DIRECTORY",
        "no directory",
        "Directory of trusted certificates under OpenSSL's hash names" + effect + ".");
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
                "Trust the system's certificates" + effect + ".",
                this::useSystemCertificates,
                "--tls-use-os-certs"))
        .add(
            Option.flag(
                "Verify neither certificates nor host names. Not for production.",
                () -> insecure = true,
                "--insecure"))
        .add(Option.flag("Ignore every TLS option.", () -> off = true, "--no-tls"));
    table.under(OptionGroup.UNSUPPORTED);
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

  /** Forgets that the system's certificates were to be trusted. */
  void forgetSystemCertificates() {
    systemCertificates = false;
  }

  /** Tells whether the default port is that of TLS. */
  boolean movesThePort() {
    return !off && isTrustNamed();
  }

  private boolean isTrustNamed() {
    return words.containsKey("--cafile")
        || words.containsKey("--capath")
        || words.containsKey("--psk");
  }

  /** Checks that the options fit together. */
  public void check() {
    if (!off && !words.isEmpty()) {
      TlsSettings.check(words);
    }
  }

  /**
   * Returns the settings of a broker whose URL says TLS: the system's certificates are trusted
   * where the options name no others.
   */
  public TlsSpec ofUrl() {
    Map<String, String> counting = off ? Map.of() : words;
    if (!counting.isEmpty()) {
      TlsSettings.checkValues(counting, true);
    }
    return TlsSettings.toSpec(
        counting, systemCertificates || off || !isTrustNamed(), insecure && !off, this::passphrase);
  }

  /**
   * Returns the settings; null where TLS is not wanted.
   *
   * @throws UsageException for what is not possible, whether TLS is wanted or not
   */
  @Nullable TlsSpec toSpec(int port) {
    if (off) {
      return null;
    }
    boolean byPort = isWantedByPort(port);
    boolean wanted = isWanted(port);
    if (!words.isEmpty()) {
      TlsSettings.checkValues(words, wanted);
    }
    return wanted
        ? TlsSettings.toSpec(words, systemCertificates || byPort, insecure, this::passphrase)
        : null;
  }

  private boolean isWantedByPort(int port) {
    return port == DefaultPorts.TLS && !isTrustNamed();
  }

  /** Tells whether TLS will be spoken at that port. */
  boolean isWanted(int port) {
    return !off && (systemCertificates || isWantedByPort(port) || isTrustNamed());
  }

  /**
   * Returns the warning about options without effect, or about the one that verifies nothing; null
   * where there is none.
   */
  @Nullable String warning(int port) {
    return warning(isWanted(port));
  }

  /**
   * Returns the same.
   *
   * @param wanted whether TLS will be spoken
   */
  public @Nullable String warning(boolean wanted) {
    return off || !insecure && words.isEmpty()
        ? null
        : TlsSettings.warning(words.keySet(), insecure, wanted);
  }

  /**
   * Returns the warning where URLs alone say whether TLS is spoken; null where there is none.
   *
   * @param option the one of the URLs
   * @param wanted whether one of them says TLS
   */
  public @Nullable String warning(String option, boolean wanted) {
    if (off || wanted) {
      return warning(wanted);
    }
    Set<String> idle = new TreeSet<>(words.keySet());
    if (insecure) {
      idle.add("--insecure");
    }
    if (systemCertificates) {
      idle.add("--tls-use-os-certs");
    }
    return IdleOptions.warning(
        idle, ": no URL of " + option + " begins with mqtts:// or wss://, which turn TLS on.");
  }

  /**
   * Asks for the passphrase of the client key if it has one, so that nobody types while the broker
   * waits.
   *
   * @throws UsageException when there is nobody to ask; under mosquitto's names the connection
   *     fails
   */
  void unlock(int port) {
    if (isWanted(port)) {
      unlock();
    }
  }

  /** Asks for the same where a URL says that TLS is wanted. */
  public void unlock() {
    String key = words.get("--key");
    if (key != null && !off && KeyLock.isOn(key)) {
      char[] answer;
      try {
        answer = askedPassphrase();
      } catch (IOException e) {
        throw new UsageException("Error: " + e.getMessage() + ".");
      }
      if (answer == null && compatibility.explainsFailures()) {
        throw UsageException.setting(
            "Error: The client key "
                + key
                + (unanswered
                    ? " is encrypted, and no pass phrase was given."
                    : " is encrypted, and there is no terminal to ask for its pass phrase at."),
            "");
      }
    }
  }

  private char @Nullable [] passphrase() {
    try {
      return askedPassphrase();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks once, however often the broker is connected to; returns null where nobody answers. */
  private char @Nullable [] askedPassphrase() throws IOException {
    if (!asked) {
      asked = true;
      try {
        passphrase = prompt.ask(compatibility.passphraseQuestion(words.getOrDefault("--key", "")));
      } catch (Prompt.NoAnswer e) {
        unanswered = true;
      }
    }
    return passphrase == null ? null : passphrase.toCharArray();
  }
}
