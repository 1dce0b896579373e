package dev.midge.testing.willbroker;

/**
 * A row of the drill in its shortest form.
 *
 * @param v5 whether only MQTT 5 can do this
 * @param expected what an honest broker answers
 */
record BenchRow(String id, boolean v5, String expected, Stimulus stimulus) {

  /** Plays the row and returns what was seen. */
  interface Stimulus {
    String play(Bench bench) throws Exception;
  }

  static BenchRow all(String id, String expected, Stimulus stimulus) {
    return new BenchRow(id, false, expected, stimulus);
  }

  static BenchRow v5(String id, String expected, Stimulus stimulus) {
    return new BenchRow(id, true, expected, stimulus);
  }

  @Override
  public String toString() {
    return id;
  }
}
