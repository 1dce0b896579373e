package dev.midge.broker.config.file;

/**
 * A key of the file: a row of the table.
 *
 * @param reread whether a reload takes a new value over
 * @param words of its values, for the documentation
 * @param fallback the value without the key, for the documentation
 * @param meaning for the documentation
 * @param action puts the value where it belongs
 */
record Key(
    String name,
    Scope scope,
    boolean reread,
    String words,
    String fallback,
    String meaning,
    Action action) {

  /** The part of a broker that a key is for. */
  enum Scope {
    /** The whole broker. */
    BROKER("broker"),
    /** The last listener above the key. */
    LISTENER("listener"),
    /** The whole broker, or the last listener above the key with per_listener_settings. */
    SECURITY("security");

    private final String word;

    Scope(String word) {
      this.word = word;
    }

    /** Returns its name in the documentation. */
    String word() {
      return word;
    }
  }

  /** Takes a value over. */
  interface Action {
    /**
     * Reads the value and puts it into the draft.
     *
     * @param value empty if there is none
     */
    void apply(Draft draft, String value) throws BadValue;
  }

  /** Puts a value where it belongs. */
  interface Setter<T, V> {
    void set(T target, V value) throws BadValue;
  }

  void apply(Draft draft, String value) throws BadValue {
    action.apply(draft, value);
  }

  /** A key of the whole broker. */
  static <V> Key broker(
      String name, ValueKind<V> kind, String fallback, String meaning, Setter<Draft, V> setter) {
    return new Key(
        name,
        Scope.BROKER,
        false,
        kind.words(),
        fallback,
        meaning,
        (draft, value) -> setter.set(draft, read(kind, name, value)));
  }

  /** A key of the last listener above it. */
  static <V> Key listener(
      String name,
      ValueKind<V> kind,
      String fallback,
      String meaning,
      Setter<ListenerDraft, V> setter) {
    return new Key(
        name,
        Scope.LISTENER,
        false,
        kind.words(),
        fallback,
        meaning,
        (draft, value) -> setter.set(draft.listener(name), read(kind, name, value)));
  }

  /** A key of who is let in. */
  static <V> Key security(
      String name,
      ValueKind<V> kind,
      String fallback,
      String meaning,
      Setter<SecurityDraft, V> setter) {
    return new Key(
        name,
        Scope.SECURITY,
        false,
        kind.words(),
        fallback,
        meaning,
        (draft, value) -> setter.set(draft.security(name), read(kind, name, value)));
  }

  /** A key whose value is checked and has no effect. */
  static Key unused(String name, ValueKind<?> kind, String why) {
    return new Key(
        name,
        Scope.BROKER,
        false,
        kind.words(),
        "",
        "Not used: " + why + ".",
        (draft, value) -> {
          read(kind, name, value);
          draft.warnings.add("Warning: The '" + name + "' option is not used: " + why + ".");
        });
  }

  /** Returns a copy that a reload takes over. */
  Key onReload() {
    return new Key(name, scope, true, words, fallback, meaning, action);
  }

  /** Returns a copy that may be given once only, for the broker or for each listener. */
  Key once() {
    return with(
        (draft, value) -> {
          Section section =
              switch (scope) {
                case BROKER -> draft;
                case LISTENER -> draft.listener(name);
                case SECURITY -> draft.security(name);
              };
          if (!section.isFirst(name)) {
            throw BadValue.duplicate(name);
          }
          action.apply(draft, value);
        });
  }

  private Key with(Action other) {
    return new Key(name, scope, reread, words, fallback, meaning, other);
  }

  private static <V> V read(ValueKind<V> kind, String name, String value) throws BadValue {
    if (value.isEmpty()) {
      throw BadValue.empty(name);
    }
    return kind.read(name, value);
  }
}
