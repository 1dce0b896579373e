package dev.midge.mqtt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The properties of one packet or will, in the order in which they stand there. Immutable. */
public final class Properties {

  /** A user property. */
  public record Pair(String key, String value) {}

  /**
   * One property with its value.
   *
   * @param value a Long, String, byte[] or {@link Pair}, as {@link Property.Type} says
   */
  public record Entry(Property property, Object value) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Entry that
          && property == that.property
          && (value instanceof byte[] bytes
              ? that.value instanceof byte[] others && Arrays.equals(bytes, others)
              : value.equals(that.value));
    }

    @Override
    public int hashCode() {
      return property.hashCode() * 31
          + (value instanceof byte[] bytes ? Arrays.hashCode(bytes) : value.hashCode());
    }

    @Override
    public String toString() {
      return property.propertyName()
          + "="
          + (value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
    }
  }

  public static final Properties NONE = new Properties(List.of());

  private final List<Entry> entries;

  private Properties(List<Entry> entries) {
    this.entries = entries;
  }

  /** Returns the properties of entries, in the order of the packet, duplicates included. */
  public static Properties of(List<Entry> entries) {
    return entries.isEmpty() ? NONE : new Properties(List.copyOf(entries));
  }

  /** Returns a single number. */
  public static Properties of(Property property, long value) {
    return new Properties(List.of(new Entry(property, value)));
  }

  public static Builder builder() {
    return new Builder();
  }

  public List<Entry> entries() {
    return entries;
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  public boolean has(Property property) {
    return value(property) != null;
  }

  /** Returns the first value of a numeric property. */
  public OptionalLong number(Property property) {
    Object value = value(property);
    return value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
  }

  /** Returns the first value of a numeric property, or the given one. */
  public long number(Property property, long absent) {
    Object value = value(property);
    return value == null ? absent : (Long) value;
  }

  /** Returns the first value of a string property; null for none. */
  public @Nullable String text(Property property) {
    return (@Nullable String) value(property);
  }

  /** Returns the first value of a binary property, not a copy; null for none. */
  public byte @Nullable [] bytes(Property property) {
    return (byte @Nullable []) value(property);
  }

  /** Returns the same properties without one. */
  public Properties without(Property property) {
    if (!has(property)) {
      return this;
    }
    List<Entry> rest = new ArrayList<>(entries);
    rest.removeIf(entry -> entry.property() == property);
    return of(rest);
  }

  /** Returns the same properties with one number more, at the end. */
  public Properties plus(Property property, long value) {
    return builder().addAll(this).add(property, value).build();
  }

  private @Nullable Object value(Property property) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).property() == property) {
        return entries.get(i).value();
      }
    }
    return null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Properties that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return entries.toString();
  }

  /** Collects properties in order. */
  public static final class Builder {
    private final List<Entry> entries = new ArrayList<>();

    /** Adds a value of the property's type; the caller has checked its range. */
    public Builder add(Property property, Object value) {
      entries.add(new Entry(property, value));
      return this;
    }

    public Builder add(Property property, long value) {
      return add(property, Long.valueOf(value));
    }

    public Builder userProperty(String key, String value) {
      return add(Property.USER_PROPERTY, new Pair(key, value));
    }

    public Builder addAll(Properties properties) {
      entries.addAll(properties.entries);
      return this;
    }

    public Properties build() {
      return of(entries);
    }
  }
}
