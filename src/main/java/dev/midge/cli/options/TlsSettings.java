package dev.midge.cli.options;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.ClosedDescriptors;
import dev.midge.cli.parse.IdleOptions;
import dev.midge.net.TlsSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of {@link TlsOptions}, and checks them before connecting. */
final class TlsSettings {
  private static final int MAX_ALPN_BYTES = 254;
  private static final String INVALID =
      "Error: Problem setting TLS options, check the options are valid.";

  private static final String INSECURE = "--insecure";
  private static final String[] IDLE_WITHOUT_TLS = {
    "--cert", "--key", "--keyform", "--ciphers", "--tls-alpn", "--tls-version", INSECURE
  };

  private TlsSettings() {}

  /** Checks that the options fit together, in the order of the contract. */
  static void check(Map<String, String> words) {
    if (words.containsKey("--cert") != words.containsKey("--key")) {
      throw new UsageException(
          "Error: Both certfile and keyfile must be provided if one of them is set.");
    }
    if (words.containsKey("--keyform") && !words.containsKey("--key")) {
      throw new UsageException("Error: If keyform is set, keyfile must be also specified.");
    }
    if (words.containsKey("--tls-engine-kpass-sha1")
        && !(words.containsKey("--tls-engine") && words.containsKey("--keyform"))) {
      throw new UsageException(
          "Error: when using tls-engine-kpass-sha1, both tls-engine and keyform must also be provided.");
    }
    if (words.containsKey("--psk")
        && (words.containsKey("--cafile") || words.containsKey("--capath"))) {
      throw new UsageException(
          "Error: Only one of --psk or --cafile/--capath may be used at once.");
    }
    if (words.containsKey("--psk") && !words.containsKey("--psk-identity")) {
      throw new UsageException("Error: --psk-identity required if --psk used.");
    }
  }

  /**
   * Checks that each value can be honoured, in the order in which mosquitto sets them.
   *
   * @param wanted whether TLS will be spoken, so that the files are needed
   */
  static void checkValues(Map<String, String> words, boolean wanted) {
    if (wanted) {
      for (String name : new String[] {"--cafile", "--cert", "--key"}) {
        String file = words.get(name);
        if (file != null && !isReadable(file)) {
          throw UsageException.setting(
              "Error: Problem setting TLS options: File not found.",
              ": " + name + " " + file + " cannot be read.");
        }
      }
    }
    if (words.containsKey("--psk") && !isHex(words.get("--psk"))) {
      throw UsageException.setting(
          "Error: Problem setting TLS-PSK options.", ": the key is not hexadecimal.");
    }
    if (words.containsKey("--tls-engine")) {
      throw UsageException.setting(
          "Error: Problem setting TLS engine, is " + words.get("--tls-engine") + " a valid engine?",
          " (midge has no engines.)");
    }
    checkKeyForm(words.get("--keyform"));
    String alpn = words.get("--tls-alpn");
    if (alpn != null && alpn.getBytes(StandardCharsets.UTF_8).length > MAX_ALPN_BYTES) {
      throw UsageException.setting(
          "Error: Problem setting TLS ALPN protocol.", ": it has at most 254 bytes.");
    }
    String version = words.get("--tls-version");
    if (version != null && !version.equals("tlsv1.2") && !version.equals("tlsv1.3")) {
      throw UsageException.setting(INVALID, ": --tls-version is tlsv1.2 or tlsv1.3.");
    }
    if (words.containsKey("--tls-keylog")) {
      boolean works =
          words.containsKey("--cafile")
              || words.containsKey("--capath")
              || words.containsKey("--psk");
      throw UsageException.setting(
          works
              ? "Error: Problem setting TLS options: --tls-keylog is not possible, Java keeps the keys to itself."
              : "Unable to connect (Invalid input).",
          works ? "" : ": --tls-keylog is not possible, Java keeps the keys to itself.");
    }
    if (words.containsKey("--psk")) {
      throw UsageException.setting(
          "Error: Problem setting TLS-PSK options: Java's TLS has no pre-shared keys; use certificates: --cafile, and --cert with --key.",
          "");
    }
  }

  private static void checkKeyForm(@Nullable String form) {
    if (form != null && !form.equals("pem") && !form.equals("engine")) {
      throw UsageException.setting(
          "Error: Problem setting key form, it must be one of 'pem' or 'engine'.", "");
    }
    if ("engine".equals(form)) {
      throw UsageException.setting(
          "Error: Problem setting key form, midge has no engines: it must be 'pem'.", "");
    }
  }

  private static boolean isReadable(String file) {
    try {
      Path path = Path.of(file);
      return Files.isReadable(path)
          && !Files.isDirectory(path)
          && !ClosedDescriptors.isClosed(file);
    } catch (RuntimeException e) {
      return false; // No name of a file.
    }
  }

  private static boolean isHex(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (Character.digit(word.charAt(i), 16) < 0 || word.charAt(i) > 'f') {
        return false;
      }
    }
    return true;
  }

  static TlsSpec toSpec(
      Map<String, String> words,
      boolean systemCertificates,
      boolean insecure,
      @Nullable Supplier<char @Nullable []> passphrase) {
    return new TlsSpec(
        words.get("--cafile"),
        words.get("--capath"),
        systemCertificates,
        words.get("--cert"),
        words.get("--key"),
        passphrase,
        "".equals(words.get("--tls-alpn")) ? null : words.get("--tls-alpn"), // As for mosquitto.
        words.get("--tls-version"),
        words.get("--ciphers"),
        insecure);
  }

  /**
   * Returns the warning about the options given; null where there is none.
   *
   * @param wanted whether TLS will be spoken
   */
  static @Nullable String warning(Set<String> names, boolean insecure, boolean wanted) {
    if (wanted) {
      return insecure
          ? "Warning: --insecure verifies nothing, neither the broker's certificate nor its name: anybody can pose as the broker."
          : null;
    }
    List<String> idle = new ArrayList<>();
    for (String name : IDLE_WITHOUT_TLS) {
      if (names.contains(name) || insecure && name.equals(INSECURE)) {
        idle.add(name);
      }
    }
    return IdleOptions.warning(
        idle,
        " without TLS. Try: --cafile FILE, --capath DIRECTORY or --tls-use-os-certs, which turn TLS on.");
  }
}
