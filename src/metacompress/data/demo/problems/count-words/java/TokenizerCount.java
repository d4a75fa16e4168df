import java.io.*;
import java.util.StringTokenizer;

class Main
{
    static String wordSeparators(String s)
    {
        StringBuilder seps = new StringBuilder(" ");
        for (int i = 0; i < s.length(); i++)
            if (!Character.isAlphabetic(s.codePointAt(i)))
                seps.append(s.charAt(i));
        return seps.toString();
    }

    public static void main(String[] args) throws IOException
    {
        String s = "";
        try (Reader r = new InputStreamReader(System.in)) {
            for (int c = r.read(); c != -1 && c != '\n'; c = r.read())
                s += (char) c;
        }
        StringTokenizer tokens = new StringTokenizer(s, wordSeparators(s));
        System.out.println(tokens.countTokens());
    }
}
