package org.eclipse.paho.mqttv5.client.logging;

import java.util.ResourceBundle;

/** Paho's log, thrown away: it would print stack traces on ordinary losses. */
final class NoLog implements Logger {

  @Override
  public void initialise(ResourceBundle messageCatalog, String loggerId, String resourceName) {}

  @Override
  public void setResourceName(String logContext) {}

  @Override
  public boolean isLoggable(int level) {
    return false;
  }

  @Override
  public void severe(String sourceClass, String sourceMethod, String msg) {}

  @Override
  public void severe(String sourceClass, String sourceMethod, String msg, Object[] inserts) {}

  @Override
  public void severe(
      String sourceClass, String sourceMethod, String msg, Object[] inserts, Throwable thrown) {}

  @Override
  public void warning(String sourceClass, String sourceMethod, String msg) {}

  @Override
  public void warning(String sourceClass, String sourceMethod, String msg, Object[] inserts) {}

  @Override
  public void warning(
      String sourceClass, String sourceMethod, String msg, Object[] inserts, Throwable thrown) {}

  @Override
  public void info(String sourceClass, String sourceMethod, String msg) {}

  @Override
  public void info(String sourceClass, String sourceMethod, String msg, Object[] inserts) {}

  @Override
  public void info(
      String sourceClass, String sourceMethod, String msg, Object[] inserts, Throwable thrown) {}

  @Override
  public void config(String sourceClass, String sourceMethod, String msg) {}

  @Override
  public void config(String sourceClass, String sourceMethod, String msg, Object[] inserts) {}

  @Override
  public void config(
      String sourceClass, String sourceMethod, String msg, Object[] inserts, Throwable thrown) {}

  @Override
  public void fine(String sourceClass, String sourceMethod, String msg) {}

  @Override
  public void fine(String sourceClass, String sourceMethod, String msg, Object[] inserts) {}

  @Override
  public void fine(
      String sourceClass, String sourceMethod, String msg, Object[] inserts, Throwable ex) {}

  @Override
  public void finer(String sourceClass, String sourceMethod, String msg) {}

  @Override
  public void finer(String sourceClass, String sourceMethod, String msg, Object[] inserts) {}

  @Override
  public void finer(
      String sourceClass, String sourceMethod, String msg, Object[] inserts, Throwable ex) {}

  @Override
  public void finest(String sourceClass, String sourceMethod, String msg) {}

  @Override
  public void finest(String sourceClass, String sourceMethod, String msg, Object[] inserts) {}

  @Override
  public void finest(
      String sourceClass, String sourceMethod, String msg, Object[] inserts, Throwable ex) {}

  @Override
  public void log(
      int level,
      String sourceClass,
      String sourceMethod,
      String msg,
      Object[] inserts,
      Throwable thrown) {}

  @Override
  public void trace(
      int level,
      String sourceClass,
      String sourceMethod,
      String msg,
      Object[] inserts,
      Throwable ex) {}

  @Override
  public String formatMessage(String msg, Object[] inserts) {
    return msg;
  }

  @Override
  public void dumpTrace() {}
}
