package dev.midge.broker.config.file;

import java.nio.file.Path;
import java.util.List;

/** The keys of a listener's TLS, and of what a client's certificate says. */
final class TlsKeys {
  private TlsKeys() {}

  static List<Key> all() {
    return List.of(
        file(
                "certfile",
                "The server's certificate in PEM, followed by its intermediates. TLS is on with"
                    + " `certfile` and `keyfile`.",
                (listener, file) -> listener.tls.certfile = file)
            .onReload(),
        file(
                "keyfile",
                "The private key of `certfile` in PEM.",
                (listener, file) -> listener.tls.keyfile = file)
            .onReload(),
        file(
                "cafile",
                "Authorities for the certificates of clients; intermediates of `certfile`.",
                (listener, file) -> listener.tls.cafile = file)
            .onReload(),
        file(
                "capath",
                "A folder of such files.",
                (listener, folder) -> listener.tls.capath = folder)
            .onReload(),
        file(
                "crlfile",
                "Certificates of clients that are revoked, in PEM.",
                (listener, file) -> listener.tls.crlfile = file)
            .onReload(),
        flag(
            "require_certificate",
            "Clients must show a certificate that `cafile` or `capath` vouches for.",
            (listener, yes) -> listener.tls.requireCertificate = yes),
        flag(
            "use_identity_as_username",
            "The common name of a client's certificate is its user name; goes before"
                + " `use_subject_as_username`.",
            (listener, yes) -> listener.identityAsUsername = yes),
        flag(
            "use_subject_as_username",
            "The subject of a client's certificate is its user name.",
            (listener, yes) -> listener.subjectAsUsername = yes),
        text(
            "tls_version",
            "`tlsv1.2`, `tlsv1.3`",
            "`tlsv1.2`",
            "The oldest version of TLS that is accepted.",
            (listener, version) -> listener.tls.version = version),
        text(
            "ciphers",
            "names of OpenSSL's with colons between",
            "all",
            "Ciphers of TLS 1.2.",
            (listener, names) -> listener.tls.ciphers = names),
        text(
            "ciphers_tls1.3",
            "names with colons between",
            "all",
            "Ciphers of TLS 1.3.",
            (listener, names) -> listener.tls.ciphersTls13 = names),
        flag(
            "disable_client_cert_date_checks",
            "Certificates of clients may have expired.",
            (listener, yes) -> listener.tls.skipDateChecks = yes),
        dhparamfile());
  }

  private static Key dhparamfile() {
    Key unused = Key.unused("dhparamfile", ValueKind.file(), "Java has its own parameters");
    return new Key(
        unused.name(),
        Key.Scope.LISTENER,
        false,
        unused.words(),
        "",
        unused.meaning(),
        (draft, value) -> {
          draft.listener(unused.name());
          unused.apply(draft, value);
        });
  }

  private static Key file(String name, String meaning, Key.Setter<ListenerDraft, Path> setter) {
    return Key.listener(name, ValueKind.file(), "", meaning, setter).once();
  }

  private static Key flag(String name, String meaning, Key.Setter<ListenerDraft, Boolean> setter) {
    return Key.listener(name, ValueKind.flag(), "`false`", meaning, setter);
  }

  private static Key text(
      String name,
      String words,
      String fallback,
      String meaning,
      Key.Setter<ListenerDraft, String> setter) {
    return Key.listener(name, ValueKind.text().said(words), fallback, meaning, setter).once();
  }
}
