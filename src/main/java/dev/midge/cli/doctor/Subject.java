package dev.midge.cli.doctor;

/** A thing that is looked at: its word, and what is looked for. */
enum Subject {
  JAVA("java", "its version, its bits, and whether it is a JDK"),
  ARCHIVE("archive", "start-up archives: in use or not, and why; those of other commands"),
  LOCALE("locale", "whether it has UTF-8"),
  PORT_MQTT("port 1883", "free, or whether who listens there speaks MQTT"),
  PORT_TLS("port 8883", "the same over TLS"),
  TERMINAL("terminal", "its size, and whether there are colours"),
  FILES("open files", "how many a process may have"),
  CLOCK("clock", "whether it is earlier than midge itself"),
  CONTEXTS("contexts", "who may read and write their file, and whether it is well formed"),
  LOCALHOST("localhost", "the addresses of that name"),
  TEMPORARY("temporary", "whether the directory for temporary files can be written");

  private final String word;
  private final String description;

  Subject(String word, String description) {
    this.word = word;
    this.description = description;
  }

  /** Returns its name for people and programs. */
  String word() {
    return word;
  }

  /** Returns what is looked for. */
  String description() {
    return description;
  }
}
