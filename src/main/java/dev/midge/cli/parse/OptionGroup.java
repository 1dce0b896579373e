package dev.midge.cli.parse;

/**
 * The headings under which help and man pages show options. They are constants, which the compiler
 * copies into the option tables: this class is loaded by those who show them alone.
 */
public final class OptionGroup {
  public static final String MESSAGE = "Message";
  public static final String RECORDING = "Recordings and pipes";
  public static final String REQUEST = "Request and answer";
  public static final String TOPICS = "Topics";
  public static final String RETAINED = "Retained messages";
  public static final String END = "End";
  public static final String DRILL = "Drill";
  public static final String EXEC = "Commands for messages";
  public static final String OUTPUT = "Output";
  public static final String PASSWORD_FILE = "Password file";
  public static final String CONFIGURATION = "Configuration file";
  public static final String CONTEXT = "Context";
  public static final String LISTENER = "Listener";
  public static final String CONTROL = "Control";
  public static final String CONNECTION = "Connection";
  public static final String USERS = "Users and passwords";
  public static final String SESSION = "Session";
  public static final String TLS = "TLS";
  public static final String PROPERTIES = "Properties of MQTT 5";
  public static final String WILL = "Will";
  public static final String FAULTS = "Faults";
  public static final String FLEET = "Many clients";
  public static final String OTHER = "Other";

  /**
   * Words of mosquitto's that are refused with a line that says why; they stand in nobody's way.
   */
  public static final String UNSUPPORTED = "Not possible with midge";

  private OptionGroup() {}
}
