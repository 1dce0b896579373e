package dev.midge.broker.persist;

import dev.midge.broker.core.delivery.Publication;

/** The numbers by which the records of one snapshot and its change log name messages. */
final class MessageNumbers {
  private long first = 1; // of those whose bodies the files have
  private long last;

  /** Begins new files, which have no message yet. */
  void beginFiles() {
    first = last + 1;
  }

  /** Numbers a message; returns false if the files have its body already. */
  boolean add(Publication publication) {
    if (publication.savedNumber() >= first) {
      return false;
    }
    publication.savedNumber(++last);
    return true;
  }
}
