package dev.midge;

/** Chooses the command. */
public final class Midge {
  private Midge() {}

  public static void main(String[] args) {}
}
