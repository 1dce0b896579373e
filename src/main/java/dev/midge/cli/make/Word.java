package dev.midge.cli.make;

import java.io.ByteArrayOutputStream;

/** Writes a part of what a template makes. */
interface Word {
  /** Appends the part for one message. */
  void append(MessageFacts facts, ByteArrayOutputStream to);
}
