package dev.midge.broker.config.file;

/**
 * A configuration file, or a file that it names, that cannot be used. The message is made of whole
 * lines for the user, with line feeds between; control characters of the file are escaped.
 */
public final class ConfigFileException extends Exception {
  private static final long serialVersionUID = 1L;

  ConfigFileException(String lines) {
    super(lines);
  }
}
