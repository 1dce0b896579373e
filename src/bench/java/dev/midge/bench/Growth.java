package dev.midge.bench;

import java.io.IOException;

/**
 * Something that a broker has more and more of, and what two operations cost beside it.
 *
 * @param name the name for {@code --only}
 * @param things the name of what there is more and more of, in the plural
 */
record Growth(
    String name,
    String things,
    String firstOperation,
    String secondOperation,
    int[] sizes,
    Opener opener) {

  /** Begins at a server. */
  interface Opener {
    Probe at(Server server) throws IOException;
  }

  Probe at(Server server) throws IOException {
    return opener.at(server);
  }

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
