package dev.midge.broker.config.file;

import java.util.HashSet;
import java.util.Set;

/** A part of the file that holds keys, of which some may be given once only. */
abstract class Section {
  private final Set<String> given = new HashSet<>();

  /** Returns false if the key was given in this part before. */
  final boolean isFirst(String key) {
    return given.add(key);
  }
}
