import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;

class Main
{
    private final Map<String, Long> seen = new HashMap<>();

    long nChooseK(int items, int picks)
    {
        if (picks == 0 || picks == items)
            return 1;
        String key = items + "," + picks;
        Long known = seen.get(key);
        if (known == null)
        {
            known = nChooseK(items - 1, picks) + nChooseK(items - 1, picks - 1);
            seen.put(key, known);
        }
        return known;
    }

    public static void main(String[] args)
    {
        String[] fields = new Scanner(System.in).nextLine().trim().split(" ");
        int items = Integer.parseInt(fields[0]);
        int picks = Integer.parseInt(fields[1]);
        if (picks < 0 || picks > items)
            System.out.println("0");
        else
            System.out.println(new Main().nChooseK(items, picks));
    }
}
