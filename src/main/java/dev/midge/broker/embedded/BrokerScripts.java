package dev.midge.broker.embedded;

import dev.midge.mqtt.Topics;
import java.util.List;
import java.util.Objects;

/**
 * A broker's scripted answers as a test makes them.
 *
 * @param <B> the broker itself
 */
abstract class BrokerScripts<B extends BrokerScripts<B>> extends BrokerView<B> {
  BrokerScripts() {}

  /**
   * Scripts what happens when clients publish to topics that a filter matches, or their wills are
   * published there. Messages of the broker's own do not count.
   *
   * @throws IllegalArgumentException when it is no topic filter
   */
  public PublishScript onPublish(String filter) {
    return new PublishScript(checkFilter(filter), script);
  }

  /**
   * Scripts what happens when a client subscribes to a filter, shared or not, all of whose topics
   * this one matches: {@code secret/#} stands for {@code secret/+} and {@code secret/a} too, and
   * not for {@code #}.
   *
   * @throws IllegalArgumentException when it is no topic filter
   */
  public SubscribeScript onSubscribe(String filter) {
    return new SubscribeScript(checkFilter(filter), script);
  }

  private static String checkFilter(String filter) {
    if (!Topics.isValidFilter(Objects.requireNonNull(filter, "filter"))) {
      throw new IllegalArgumentException("no topic filter: '" + filter + "'");
    }
    return filter;
  }

  /** Removes all scripts, of {@link #onPublish} and of {@link #onSubscribe}. */
  public B clearScripts() {
    script.clear();
    return self();
  }

  /**
   * Returns what scripted functions have thrown, the first hundred, since the broker started or
   * {@link #forget} or {@link #checkScripts}.
   */
  public List<ScriptFailure> failures() {
    return script.calls().failures();
  }

  /**
   * Checks that no scripted function has thrown anything, and forgets what it has: a failure is
   * told of once. {@code close()} does the same, and the JUnit extension after each test.
   *
   * @throws AssertionError whose cause is the first that was thrown
   */
  public void checkScripts() {
    script.calls().check();
  }
}
