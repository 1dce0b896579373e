package dev.midge.bench;

import java.io.IOException;

/** Something that a broker has more and more of, and what two operations cost beside it. */
interface Growth {

  /** Returns the name for {@code --only}. */
  String name();

  /** Returns what there is more and more of, in the plural. */
  String things();

  String firstOperation();

  String secondOperation();

  int[] sizes();

  Probe at(Server server) throws IOException;

  /** The same at one server. */
  interface Probe extends AutoCloseable {

    void growTo(int size) throws IOException;

    /** Does the first operation and undoes it, many times; returns how often. */
    int first() throws IOException;

    /** Does the second operation many times; returns how often. */
    int second() throws IOException;

    @Override
    void close() throws IOException;
  }
}
