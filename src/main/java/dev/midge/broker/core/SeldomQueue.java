package dev.midge.broker.core;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A queue that most connections never put anything into: until then it holds no memory, and costs
 * next to nothing to make. For one thread.
 */
public final class SeldomQueue<E> implements Iterable<E> {
  private @Nullable ArrayDeque<E> elements; // null until there is the first

  /** Returns whether nothing is in it. */
  public boolean isEmpty() {
    return elements == null || elements.isEmpty();
  }

  /** Returns how many elements there are. */
  public int size() {
    return elements == null ? 0 : elements.size();
  }

  /** Adds an element behind all others. */
  public void addLast(E element) {
    if (elements == null) {
      elements = new ArrayDeque<>();
    }
    elements.addLast(element);
  }

  /** Returns the oldest element; null if there is none. */
  public @Nullable E peekFirst() {
    return elements == null ? null : elements.peekFirst();
  }

  /** Removes and returns the oldest element; null if there is none. */
  public @Nullable E pollFirst() {
    return elements == null ? null : elements.pollFirst();
  }

  /** Removes an element, if it is there. */
  public void remove(E element) {
    if (elements != null) {
      elements.remove(element);
    }
  }

  /** Removes the elements that are chosen. */
  public void removeIf(Predicate<E> chosen) {
    if (elements != null) {
      elements.removeIf(chosen);
    }
  }

  /** Removes all elements, and the memory that they took. */
  public void clear() {
    elements = null;
  }

  /** Returns the elements from the oldest to the newest. */
  @Override
  public Iterator<E> iterator() {
    return elements == null ? Collections.emptyIterator() : elements.iterator();
  }
}
