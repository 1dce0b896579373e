import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Lets the calling thread sleep now and then: often where a method is called seldom, and seldom
 * where it is called often, so that tests still end. For any thread.
 */
public final class Noise {
  private static final int PLACES = 1 << 17;
  private static final int LONGEST_MILLIS = Integer.getInteger("noise.millis", 30);

  /** One call in so many sleeps at first. */
  private static final int FIRST = Integer.getInteger("noise.first", 12);

  /** So many calls of a method make it one call in one more. */
  private static final int FADING = Integer.getInteger("noise.fading", 4);

  private static final AtomicInteger places = new AtomicInteger();
  private static final AtomicIntegerArray calls = new AtomicIntegerArray(PLACES);

  private Noise() {}

  /** Returns the number of another method. */
  static int place() {
    return places.getAndIncrement() % PLACES;
  }

  /** A method begins. */
  public static void at(int place) {
    int before = calls.get(place);
    if (before < Integer.MAX_VALUE) {
      calls.lazySet(place, before + 1);
    }
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (random.nextInt(FIRST + before / FADING) != 0) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> Thread.yield();
        case 3 -> Thread.sleep(random.nextInt(4 * LONGEST_MILLIS));
        default -> Thread.sleep(1 + random.nextInt(LONGEST_MILLIS));
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
