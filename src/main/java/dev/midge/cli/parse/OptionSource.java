package dev.midge.cli.parse;

/** A group of options that a table asks for when it needs them. */
public interface OptionSource {

  /** Adds its options. */
  void addTo(OptionTable table);
}
