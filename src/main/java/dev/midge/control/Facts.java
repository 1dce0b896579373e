package dev.midge.control;

import dev.midge.format.JsonTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Facts by their names, in order: a JSON object. Values are strings, numbers, booleans, null, facts
 * and lists of facts; docs/control.md has the names. For one thread while it is filled.
 */
public final class Facts {
  private final Map<String, @Nullable Object> values;

  /** Makes an empty object. */
  public Facts() {
    this(new LinkedHashMap<>());
  }

  private Facts(Map<String, @Nullable Object> values) {
    this.values = values;
  }

  /** Returns the facts of a line of JSON; null for a line that is not one object. */
  public static @Nullable Facts parse(String line) {
    Map<String, @Nullable Object> object = JsonTree.object(line);
    return object == null ? null : new Facts(object);
  }

  /** Adds a fact; null is a fact too. */
  public Facts with(String name, @Nullable Object value) {
    values.put(name, value instanceof Facts facts ? facts.values : value);
    return this;
  }

  /** Adds a list. */
  public Facts with(String name, List<Facts> list) {
    values.put(name, list.stream().map(each -> each.values).toList());
    return this;
  }

  /** Adds a list of words. */
  public Facts withWords(String name, List<String> words) {
    values.put(name, List.copyOf(words));
    return this;
  }

  /** Adds all the facts of another object. */
  public Facts withAll(Facts others) {
    values.putAll(others.values);
    return this;
  }

  /** Returns the names, in order. */
  public Iterable<String> names() {
    return Collections.unmodifiableSet(values.keySet());
  }

  /** Returns a value; null also where there is none. */
  public @Nullable Object value(String name) {
    return values.get(name);
  }

  /** Tells whether there is such a fact, be it null. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Returns a value as text; empty for null and where there is none. */
  public String text(String name) {
    Object value = values.get(name);
    return value == null ? "" : value.toString();
  }

  /** Tells whether a value is true. */
  public boolean is(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  /** Returns the facts under a name; null where there are none. */
  public @Nullable Facts facts(String name) {
    return values.get(name) instanceof Map<?, ?> map ? ofMap(map) : null;
  }

  /** Returns the list under a name; empty where there is none. */
  public List<Facts> list(String name) {
    List<Facts> list = new ArrayList<>();
    if (values.get(name) instanceof Iterable<?> found) {
      for (Object each : found) {
        if (each instanceof Map<?, ?> map) {
          list.add(ofMap(map));
        }
      }
    }
    return list;
  }

  private static Facts ofMap(Map<?, ?> map) {
    Facts facts = new Facts();
    map.forEach((name, value) -> facts.values.put(String.valueOf(name), value));
    return facts;
  }

  /** Returns the words under a name, where the value is a list of strings; else null. */
  public @Nullable List<String> words(String name) {
    Object value = values.get(name);
    if (!(value instanceof List<?> list)) {
      return null;
    }
    List<String> words = new ArrayList<>();
    for (Object each : list) {
      if (!(each instanceof String word)) {
        return null;
      }
      words.add(word);
    }
    return words;
  }

  /** Returns the JSON on one line, in ASCII. */
  public String ascii() {
    return JsonTree.ascii(values);
  }

  /** Returns the JSON on one line, with the characters escaped that a terminal obeys. */
  public String careful() {
    return JsonTree.careful(values);
  }
}
