package dev.midge.cli.view;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last payload of each topic, within bounds: the topic that nothing came for the
 * longest is forgotten first. For one thread.
 */
final class LastPayloads {
  private final int mostTopics;
  private final long mostBytes;
  private final LinkedHashMap<String, byte[]> byTopic = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  LastPayloads(int mostTopics, long mostBytes) {
    this.mostTopics = mostTopics;
    this.mostBytes = mostBytes;
  }

  /** Puts a payload in the place of the one before, which is returned; null for none. */
  byte @Nullable [] put(String topic, byte[] payload) {
    byte[] before = byTopic.put(topic, payload);
    bytes += payload.length - (before == null ? 0 : before.length);
    Iterator<Map.Entry<String, byte[]>> oldest = byTopic.entrySet().iterator();
    while (bytes > mostBytes || byTopic.size() > mostTopics) {
      bytes -= oldest.next().getValue().length;
      oldest.remove();
    }
    return before;
  }
}
