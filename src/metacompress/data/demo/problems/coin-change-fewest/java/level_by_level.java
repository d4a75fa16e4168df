import java.util.Scanner;
import java.util.Set;
import java.util.TreeSet;

class Main
{
    static int fewestCoinsFor(Set<Integer> values, int goal)
    {
        Set<Integer> reached = new TreeSet<>();
        Set<Integer> level = new TreeSet<>();
        level.add(0);
        for (int coins = 0; !level.isEmpty(); coins++) {
            if (level.contains(goal))
                return coins;
            reached.addAll(level);
            Set<Integer> next = new TreeSet<>();
            for (int sum : level)
                for (int value : values)
                    if (sum + value <= goal)
                        next.add(sum + value);
            next.removeAll(reached);
            level = next;
        }
        return -1;
    }

    public static void main(String[] args)
    {
        Scanner in = new Scanner(System.in);
        Set<Integer> values = new TreeSet<>();
        for (int k = in.nextInt(); k > 0; k--)
            values.add(in.nextInt()); // a coin named twice counts once
        System.out.println(fewestCoinsFor(values, in.nextInt()));
    }
}
