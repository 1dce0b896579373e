package dev.midge.broker.core.topics;

import org.jspecify.annotations.Nullable;

/**
 * A shared subscription's name and filter, out of {@code $share/NAME/FILTER}.
 *
 * @param group null for an ordinary subscription
 */
public record ShareName(@Nullable String group, String filter) {
  private static final String PREFIX = "$share/";

  public static ShareName of(String filter) {
    if (!filter.startsWith(PREFIX)) {
      return new ShareName(null, filter);
    }
    int slash = filter.indexOf('/', PREFIX.length()); // the decoder has checked that there is one
    return new ShareName(filter.substring(PREFIX.length(), slash), filter.substring(slash + 1));
  }

  public boolean isShared() {
    return group != null;
  }
}
