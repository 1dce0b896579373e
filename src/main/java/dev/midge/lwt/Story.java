package dev.midge.lwt;

/** Who tells a person what happens while the drill runs. Called from several threads. */
public interface Story {
  Story SILENT =
      new Story() {
        @Override
        public void row(int number, int of, String ending) {}

        @Override
        public void client(String deed) {}

        @Override
        public void watcher(String name, String sight) {}

        @Override
        public void outcome(Outcome outcome) {}
      };

  /** A row begins. */
  void row(int number, int of, String ending);

  /** The client with the will does something. */
  void client(String deed);

  /**
   * A watcher sees a message.
   *
   * @param name {@code watcher}, or {@code late} for one who subscribes late
   */
  void watcher(String name, String sight);

  /** A row has ended. */
  void outcome(Outcome outcome);
}
