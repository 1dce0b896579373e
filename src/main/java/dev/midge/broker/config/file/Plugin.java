package dev.midge.broker.config.file;

import dev.midge.text.TerminalEscapes;
import java.nio.file.Path;

/** One of mosquitto's plugins that take a file which has a key of its own as well. */
final class Plugin {
  private static final String ACCESS = "mosquitto_acl_file.so";
  private static final String PASSWORDS = "mosquitto_password_file.so";

  /** The option of a plugin for access rules. */
  static final String ACCESS_OPTION = "plugin_opt_acl_file";

  /** The option of a plugin for passwords. */
  static final String PASSWORD_OPTION = "plugin_opt_password_file";

  private final String library;
  private final String option;
  private final SecurityDraft target;
  private boolean configured;

  private Plugin(String library, String option, SecurityDraft target) {
    this.library = library;
    this.option = option;
    this.target = target;
  }

  /**
   * Names a plugin.
   *
   * @param library its file, in any folder; nobody opens it
   */
  static Plugin of(String key, String library, SecurityDraft target) throws BadValue {
    String name = library.substring(library.lastIndexOf('/') + 1);
    return switch (name) {
      case ACCESS -> new Plugin(library, ACCESS_OPTION, target);
      case PASSWORDS -> new Plugin(library, PASSWORD_OPTION, target);
      default ->
          throw BadValue.refused(
              key,
              "Only "
                  + ACCESS
                  + " and "
                  + PASSWORDS
                  + " are known, as other words for acl_file and password_file.");
    };
  }

  /** Takes the file that an option names. */
  void configure(String key, Path file) throws BadValue {
    if (!key.equals(option)) {
      throw new BadValue(
          "Error: The '" + key + "' option is not one of the plugin " + shown() + ".");
    }
    if (configured) {
      throw BadValue.duplicate(key);
    }
    configured = true;
    if (key.equals(ACCESS_OPTION)) {
      target.aclFile = file;
    } else {
      target.passwordFile = file;
    }
  }

  /** Refuses a plugin that was given no file: everybody would be let in. */
  void check() throws BadValue {
    if (!configured) {
      throw new BadValue("Error: The plugin " + shown() + " needs a '" + option + "' option.");
    }
  }

  private String shown() {
    return TerminalEscapes.forLog(library);
  }
}
