package dev.midge.cli.broker;

import dev.midge.cli.UsageException;
import dev.midge.cli.parse.Option;
import dev.midge.cli.parse.OptionGroup;
import dev.midge.cli.parse.OptionTable;
import org.jspecify.annotations.Nullable;

/** The options for TLS of a broker without a configuration file. */
final class CertificateOptions implements OptionTable.Source {
  @Nullable String certificate;
  @Nullable String key;
  @Nullable String authorities;
  @Nullable String testAuthority;
  boolean requireCertificate;

  @Override
  public void addTo(OptionTable table) {
    table
        .under(OptionGroup.TLS)
        .add(
            Option.value(
                    "FILE",
                    "no file",
                    "Speak TLS at all ports, with this certificate and its chain (PEM); the default port is then 8883.",
                    word -> certificate = word,
                    "--cert")
                .own())
        .add(
            Option.value(
                    "FILE",
                    "no file",
                    "The private key of that certificate, PEM.",
                    word -> key = word,
                    "--key")
                .own())
        .add(
            Option.value(
                    "FILE",
                    "no file",
                    "Certificates of the authorities that client certificates must come from (PEM).",
                    word -> authorities = word,
                    "--cafile")
                .own())
        .add(
            Option.flag(
                    "Let in only clients with a certificate of those authorities.",
                    () -> requireCertificate = true,
                    "--require-certificate")
                .own())
        .add(
            Option.value(
                    "CA-FILE",
                    "no file for the authority",
                    "Speak TLS with certificates made at each start, for localhost and the names and addresses of this machine, and write the authority's certificate to CA-FILE, which clients need for --cafile. For tests.",
                    word -> testAuthority = word,
                    "--tls-test")
                .own());
  }

  boolean isTls() {
    return certificate != null || testAuthority != null;
  }

  /** Returns the name of an option that was given; null for none. */
  @Nullable String given() {
    return certificate != null
        ? "--cert"
        : key != null
            ? "--key"
            : authorities != null
                ? "--cafile"
                : testAuthority != null
                    ? "--tls-test"
                    : requireCertificate ? "--require-certificate" : null;
  }

  /**
   * Checks that they go together.
   *
   * @throws UsageException when they do not
   */
  void check() {
    if (testAuthority != null && (certificate != null || key != null)) {
      throw new UsageException(
          "Error: --tls-test makes a certificate of its own: --cert and --key do not go with it.");
    }
    if ((certificate == null) != (key == null)) {
      throw new UsageException("Error: --cert and --key need each other: give both.");
    }
    if (authorities != null && !isTls()) {
      throw new UsageException("Error: --cafile needs --cert and --key, or --tls-test.");
    }
    if (requireCertificate && authorities == null) {
      throw new UsageException(
          "Error: --require-certificate needs --cafile: who vouches for the clients?");
    }
  }
}
