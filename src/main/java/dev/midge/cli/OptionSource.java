package dev.midge.cli;

/** A group of options that a table asks for when it needs them. */
interface OptionSource {

  /** Adds its options. */
  void addTo(OptionTable table);
}
