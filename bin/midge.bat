@echo off
rem midge for Windows: finds Java and the jar, builds the jar in a checkout that has none, and passes the status on.
rem There is no start-up archive here, and no terminal is found: no colour unless --color always asks for it.
setlocal
set "MIDGE_HOME=%~dp0.."
set "MIDGE_JAR=%MIDGE_HOME%\target\midge.jar"
if exist "%MIDGE_HOME%\lib\midge.jar" set "MIDGE_JAR=%MIDGE_HOME%\lib\midge.jar"

set "MIDGE_JAVA=java.exe"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "MIDGE_JAVA=%JAVA_HOME%\bin\java.exe"
if not "%MIDGE_JAVA%"=="java.exe" goto jar
where /q java.exe
if not errorlevel 1 goto jar
echo midge: needs Java 17 or newer and finds none in JAVA_HOME or PATH. 1>&2
exit /b 1

:jar
if exist "%MIDGE_JAR%" goto run
if not exist "%MIDGE_HOME%\pom.xml" goto nojar
echo midge: building 1>&2
call mvn -q -B -f "%MIDGE_HOME%\pom.xml" package -DskipTests 1>&2
if exist "%MIDGE_JAR%" goto run

:nojar
echo midge: cannot find its jar, %MIDGE_JAR% 1>&2
exit /b 1

:run
"%MIDGE_JAVA%" -Xlog:disable -XX:+UseSerialGC -XX:-UsePerfData -jar "%MIDGE_JAR%" %*
exit /b %errorlevel%
