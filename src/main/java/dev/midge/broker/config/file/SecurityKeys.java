package dev.midge.broker.config.file;

import java.nio.file.Path;
import java.util.List;

/** The keys of who is let in and may do what. */
final class SecurityKeys {
  private static final int LONGEST_PREFIX = 50;

  private SecurityKeys() {}

  static List<Key> all() {
    return List.of(
        Key.broker(
            "per_listener_settings",
            ValueKind.flag(),
            "`false`",
            "The keys of scope security below count for the last `listener` above each; comes before"
                + " all of them.",
            Draft::perListener),
        Key.security(
                "allow_anonymous",
                ValueKind.flag(),
                "`true` without a listener in the file, else `false`",
                "Let in clients without a user name.",
                (security, yes) -> security.allowAnonymous = yes)
            .onReload(),
        Key.security(
                "password_file",
                ValueKind.file(),
                "",
                "The users and their passwords, as `midge passwd` writes them.",
                (security, file) -> security.passwordFile = file)
            .onReload()
            .once(),
        Key.security(
                "acl_file",
                ValueKind.file(),
                "",
                "The topics that each client may read and write.",
                (security, file) -> security.aclFile = file)
            .onReload()
            .once(),
        Key.security(
                "allow_zero_length_clientid",
                ValueKind.flag(),
                "`true`",
                "Make an identifier for clients that have none.",
                (security, yes) -> security.allowZeroLengthClientId = yes)
            .onReload(),
        Key.security(
                "auto_id_prefix",
                prefix(),
                "`auto-`",
                "The beginning of identifiers that the broker makes.",
                (security, prefix) -> security.autoIdPrefix = prefix)
            .once(),
        plugin("plugin", Key.Scope.SECURITY, "The scope of the file that its option names"),
        plugin("global_plugin", Key.Scope.BROKER, "Counts for all listeners in any case"),
        pluginOption(Plugin.ACCESS_OPTION, "`acl_file`"),
        pluginOption(Plugin.PASSWORD_OPTION, "`password_file`"));
  }

  private static Key plugin(String name, Key.Scope scope, String meaning) {
    ValueKind<String> kind =
        ValueKind.text().said("`mosquitto_acl_file.so`, `mosquitto_password_file.so`");
    Key key =
        Key.broker(
            name,
            kind,
            "",
            meaning + ": mosquitto 2.1's other form of `acl_file` and `password_file`.",
            (draft, library) ->
                draft.plugins.add(
                    Plugin.of(
                        name,
                        library,
                        scope == Key.Scope.SECURITY ? draft.security(name) : draft.everywhere)));
    return new Key(name, scope, false, key.words(), "", key.meaning(), key.action());
  }

  private static Key pluginOption(String name, String synonym) {
    ValueKind<Path> kind = ValueKind.file();
    return Key.broker(
            name,
            kind,
            "",
            synonym + ", of the last plugin above.",
            (draft, file) -> draft.plugin(name).configure(name, file))
        .onReload();
  }

  /** Returns the kind of the beginnings of client identifiers. */
  static ValueKind<String> prefix() {
    ValueKind<String> text = ValueKind.text();
    return new ValueKind<>(
        "text of at most 50 characters",
        (key, value) -> {
          if (value.codePointCount(0, value.length()) > LONGEST_PREFIX) {
            throw new BadValue("Error: '" + key + "' length must be <= 50.");
          }
          return text.read(key, value);
        });
  }
}
