package dev.midge.cli;

import org.jspecify.annotations.Nullable;

/** The version of midge. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /** Returns the version of this jar, or {@code (not packaged)}. */
  public static String text() {
    @Nullable String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
