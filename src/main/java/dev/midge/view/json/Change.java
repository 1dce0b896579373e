package dev.midge.view.json;

import org.jspecify.annotations.Nullable;

/**
 * One place at which two JSON values differ.
 *
 * @param path a JSON Pointer (RFC 6901); empty for the whole value
 * @param before as {@link JsonDocument} reads it; null also where nothing was
 * @param after as {@link JsonDocument} reads it; null also where nothing is
 */
public record Change(Kind kind, String path, @Nullable Object before, @Nullable Object after) {
  /** The kind of a change. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }
}
