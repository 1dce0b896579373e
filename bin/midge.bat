@echo off
rem midge for Windows: finds Java and the jar, and becomes java as far as a batch file can.
rem There is no start-up archive here, and no terminal is found: no colour unless --color always asks for it.
rem Quote words that hold * or ?, even where no blank is in them: Java's own launcher takes them for names of files.
setlocal EnableExtensions DisableDelayedExpansion

rem Only a subroutine knows where the batch file lies if it was called by its quoted name and found in PATH.
call :where
set "MIDGE_JAR=%MIDGE_HOME%target\midge.jar"
if exist "%MIDGE_HOME%lib\midge.jar" set "MIDGE_JAR=%MIDGE_HOME%lib\midge.jar"

rem JAVA_HOME may have been set with quotes. PATH is searched without the current directory, where cmd.exe looks first.
set "MIDGE_JAVA="
if defined JAVA_HOME call :java "%JAVA_HOME:"=%\bin\java.exe"
if not defined MIDGE_JAVA for %%J in (java.exe) do call :java "%%~$PATH:J"
if defined MIDGE_JAVA goto jar
>&2 echo midge: needs Java 17 or newer and finds none in JAVA_HOME or PATH.
exit /b 1

:where
for %%D in ("%~dp0..") do set "MIDGE_HOME=%%~fD\"
exit /b 0

rem Takes a java.exe if it is 17 or newer. A JDK's release file tells that; java itself is asked where there is none.
:java
if "%~1"=="" exit /b 0
if not exist "%~1" exit /b 0
set "MIDGE_FOUND="
if exist "%~dp1..\release" for /f "usebackq tokens=1,2 delims==" %%K in ("%~dp1..\release") do if "%%K"=="JAVA_VERSION" set "MIDGE_FOUND=%%~L"
if not defined MIDGE_FOUND for /f "tokens=3" %%V in ('""%~1" -version 2>&1"') do if not defined MIDGE_FOUND set "MIDGE_FOUND=%%~V"
for /f "delims=.-+_" %%M in ("%MIDGE_FOUND%") do set "MIDGE_FOUND=%%M"
if not defined MIDGE_FOUND exit /b 0
set /a MIDGE_FOUND=MIDGE_FOUND 2>nul
if %MIDGE_FOUND% GEQ 17 set "MIDGE_JAVA=%~1"
exit /b 0

:jar
if exist "%MIDGE_JAR%" goto run
if not exist "%MIDGE_HOME%pom.xml" goto nojar
>&2 echo midge: building
call mvn -q -B -f "%MIDGE_HOME%pom.xml" -Dmaven.test.skip=true package 1>&2
if exist "%MIDGE_JAR%" goto run

:nojar
>&2 echo midge: cannot find its jar, "%MIDGE_JAR%"
exit /b 1

:run
rem Files of the user lie below HOME, as everywhere.
if not defined HOME set "HOME=%USERPROFILE%"
set "MIDGE_MEMORY="
if defined MIDGE_HEAP set MIDGE_MEMORY="-Xmx%MIDGE_HEAP%"
rem The last line, with nothing behind it: its status is that of the batch file, for && and || too.
"%MIDGE_JAVA%" -Xlog:disable -XX:+DisplayVMOutputToStderr -XX:+SuppressFatalErrorMessage -XX:+UseSerialGC -XX:-UsePerfData %MIDGE_MEMORY% -cp "%MIDGE_JAR%" dev.midge.Midge %*
