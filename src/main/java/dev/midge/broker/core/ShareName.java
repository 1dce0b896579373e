package dev.midge.broker.core;

/**
 * A shared subscription's name and filter, out of {@code $share/NAME/FILTER}.
 *
 * @param group null for an ordinary subscription
 */
record ShareName(String group, String filter) {
  private static final String PREFIX = "$share/";

  static ShareName of(String filter) {
    if (!filter.startsWith(PREFIX)) {
      return new ShareName(null, filter);
    }
    int slash = filter.indexOf('/', PREFIX.length()); // the decoder saw to it that there is one
    return new ShareName(filter.substring(PREFIX.length(), slash), filter.substring(slash + 1));
  }

  boolean isShared() {
    return group != null;
  }
}
