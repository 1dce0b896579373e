package dev.midge.broker.config;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines that a broker logs, their form and the places they go to; the keys {@code log_dest},
 * {@code log_type}, {@code log_timestamp}, {@code log_timestamp_format} and {@code
 * connection_messages}.
 *
 * @param stderr whether lines go to standard error
 * @param stdout whether lines go to standard output
 * @param file that lines are appended to; null for none
 * @param types of the lines that are logged; empty for no line
 * @param timestamp whether a line begins with the time
 * @param timestampFormat as strftime reads it; null for seconds since 1970
 * @param connectionMessages whether clients that connect and disconnect are logged
 */
public record LogSettings(
    boolean stderr,
    boolean stdout,
    @Nullable Path file,
    Set<Type> types,
    boolean timestamp,
    @Nullable String timestampFormat,
    boolean connectionMessages) {

  /** The types of lines, under the names of {@code log_type}. */
  public enum Type {
    ERROR,
    WARNING,
    NOTICE,
    INFORMATION,
    DEBUG,
    SUBSCRIBE,
    UNSUBSCRIBE,
    WEBSOCKETS,
    INTERNAL
  }

  /** The types that are logged if a file names none. */
  public static final Set<Type> DEFAULT_TYPES =
      Set.copyOf(EnumSet.range(Type.ERROR, Type.INFORMATION));

  /** Errors, warnings, notices and information on standard error, with seconds since 1970. */
  public static final LogSettings DEFAULT =
      new LogSettings(true, false, null, DEFAULT_TYPES, true, null, true);

  public LogSettings {
    types = Set.copyOf(types);
  }

  /** Tells whether lines of packets or subscriptions are wanted, which a broker has to be asked. */
  public boolean isVerbose() {
    return types.contains(Type.DEBUG)
        || types.contains(Type.SUBSCRIBE)
        || types.contains(Type.UNSUBSCRIBE);
  }
}
