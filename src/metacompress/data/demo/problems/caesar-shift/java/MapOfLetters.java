import java.io.*;
import java.util.HashMap;
import java.util.Map;

class Main
{
    private final Map<Character, Character> successor = new HashMap<>();

    Main()
    {
        for (char c = 'a'; c < 'z'; c++)
            link(c, (char) (c + 1));
        link('z', 'a');
    }

    private void link(char one, char two)
    {
        successor.put(one, two);
        successor.put(Character.toUpperCase(one), Character.toUpperCase(two));
    }

    char moveCaesar(char c, int steps)
    {
        return steps == 0 ? c : moveCaesar(successor.getOrDefault(c, c), steps - 1);
    }

    public static void main(String[] args) throws IOException
    {
        Main cipher = new Main();
        Reader reader = new InputStreamReader(System.in);
        StringBuilder text = new StringBuilder();
        for (int c = reader.read(); c > 0 && c != '\n'; c = reader.read())
            text.append((char) c);
        for (int i = 0; i < text.length(); i++)
            text.setCharAt(i, cipher.moveCaesar(text.charAt(i), 3));
        System.out.println(text);
    }
}
