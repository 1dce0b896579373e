package dev.midge.fault;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The help text of {@code --fault}, from the same table as the parser. */
public final class FaultHelp {
  private FaultHelp() {}

  /** Returns the effects of a side, each with its description, for one line of help. */
  public static String effects(FaultSide side) {
    return Arrays.stream(EffectKind.values())
        .filter(kind -> kind.isOf(side))
        .map(kind -> kind.word() + kind.argument() + " (" + kind.description() + ")")
        .collect(Collectors.joining(", "));
  }

  /** Returns the moments, for one line of help. */
  public static String moments() {
    return MomentParser.MOMENTS;
  }
}
