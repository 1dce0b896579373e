package dev.midge.broker.config.file;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The keys of who is let in and may do what: of one listener, or of all; null where none is. */
final class SecurityDraft extends Section {
  @Nullable Boolean allowAnonymous;
  @Nullable Path passwordFile;
  @Nullable Path aclFile;
  @Nullable Boolean allowZeroLengthClientId;
  @Nullable String autoIdPrefix;
}
