package dev.midge.broker.config.file;

/**
 * A configuration file, or a file that it names, that cannot be used. The message is made of whole
 * lines for the user, with line feeds between; control characters of the file are escaped.
 */
public final class ConfigFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean isOfAccessFile;

  ConfigFileException(String lines) {
    this(lines, false);
  }

  private ConfigFileException(String lines, boolean isOfAccessFile) {
    super(lines);
    this.isOfAccessFile = isOfAccessFile;
  }

  /** Names a password or access file that cannot be used. */
  static ConfigFileException ofAccessFile(String lines) {
    return new ConfigFileException(lines, true);
  }

  /**
   * Tells whether the file is one of passwords or access rules. A broker that rereads its
   * configuration ends then, and does not go on with the old one: nobody knows who would be let in.
   */
  public boolean isOfAccessFile() {
    return isOfAccessFile;
  }
}
