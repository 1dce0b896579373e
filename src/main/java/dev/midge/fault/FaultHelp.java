package dev.midge.fault;

/** The help text of {@code --fault}, from the same table as the parser. */
public final class FaultHelp {
  private FaultHelp() {}

  /** Returns the effects of a side, each with its description, for one line of help. */
  public static String effects(FaultSide side) {
    StringBuilder text = new StringBuilder();
    for (EffectKind kind : EffectKind.values()) {
      if (kind.isOf(side)) {
        text.append(text.isEmpty() ? "" : ", ").append(kind.word()).append(kind.argument());
        text.append(" (").append(kind.description()).append(")");
      }
    }
    return text.toString();
  }

  /** Returns the moments, for one line of help. */
  public static String moments() {
    return MomentParser.MOMENTS;
  }
}
